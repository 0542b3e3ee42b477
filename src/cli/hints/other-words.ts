/** Hints for words that docker's users type and that are no commands of tug. */
import { programName } from '../program-name.ts'

/** Where plugins of docker come from that are often used. */
const PLUGIN_SOURCES: Readonly<Record<string, string>> = {
  compose: 'install the package docker-compose-plugin',
  desktop: 'it is a part of Docker Desktop',
  init: 'it is a part of Docker Desktop',
  model: 'install the package docker-model-plugin',
  scout: 'it is a part of Docker Desktop',
}

/** What people type who are new to docker, and the command that does it. */
const COMMANDS: Readonly<Record<string, string>> = {
  bash: 'exec -it CONTAINER bash',
  delete: 'rm CONTAINER',
  destroy: 'rm CONTAINER',
  down: 'compose down',
  list: 'ps',
  ls: 'ps',
  prune: 'system prune',
  remove: 'rm CONTAINER',
  sh: 'exec -it CONTAINER sh',
  shell: 'exec -it CONTAINER sh',
  ssh: 'exec -it CONTAINER sh',
  status: 'ps -a',
  up: 'compose up',
}

/** Returns the hint for the first word of a command line that is no command; empty if there is none. */
export function otherWordHint(word: string): string {
  const program = programName()
  if (word === 'docker' || word === 'tug') return `leave out "${word}": ${program} stands for it`
  if (Object.hasOwn(PLUGIN_SOURCES, word)) {
    return `"${word}" is a plugin of docker that is not installed: ${PLUGIN_SOURCES[word]}, or put docker-${word} into ~/.docker/cli-plugins`
  }
  return Object.hasOwn(COMMANDS, word) ? `try: ${program} ${COMMANDS[word]}` : ''
}
