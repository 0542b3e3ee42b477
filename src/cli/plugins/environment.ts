/**
 * Returns the environment of a plugin: tug's own, and the path of the client for plugins that call it (docker/cli
 * cli-plugins/metadata.ReexecEnvvar).
 */
export function pluginEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isExecutable = process.versions.bun !== undefined
  const program = isExecutable ? process.execPath : process.argv[1]
  return { ...env, DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND: program }
}
