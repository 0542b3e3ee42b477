/** Whether a command needs a swarm, so that its examples run on an engine with one. @param id oclif's id */
export function isSwarmCommand(id: string): boolean {
  return /^(config|node|secret|service|stack|swarm):/.test(id) || id === 'volume:update'
}

/** Returns a line that fails when any command of a pipeline fails, as `sh` cannot do. Needs bash for pipelines. */
export function failingPipeline(line: string): string {
  return line.includes(' | ') ? `bash --posix -o pipefail -c '${line.replaceAll("'", "'\\''")}'` : line
}
