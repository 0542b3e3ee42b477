import type { ParityGroup } from './case.ts'
import { bytePaths } from './cases/cli/byte-paths.ts'
import { completion } from './cases/cli/completion.ts'
import { flagValues } from './cases/cli/flag-values.ts'
import { global } from './cases/cli/global.ts'
import { integers } from './cases/cli/integers.ts'
import { names } from './cases/cli/names.ts'
import { paths } from './cases/cli/paths.ts'
import { plugins } from './cases/cli/plugins.ts'
import { searchPath } from './cases/cli/search-path.ts'
import { templates } from './cases/cli/templates.ts'
import { times } from './cases/cli/times.ts'
import { apiSocket } from './cases/container/api-socket.ts'
import { attach } from './cases/container/attach.ts'
import { checkpoints } from './cases/container/checkpoint.ts'
import { cp } from './cases/container/cp.ts'
import { create } from './cases/container/create.ts'
import { createFlags } from './cases/container/create-flags.ts'
import { createValues } from './cases/container/create-values.ts'
import { pause, rename, restart, unpause, wait } from './cases/container/pause-restart-wait.ts'
import { diff, port, top } from './cases/container/port-top-diff.ts'
import { ps } from './cases/container/ps.ts'
import { run } from './cases/container/run.ts'
import { exec, logs, start } from './cases/container/start-logs-exec.ts'
import { stats } from './cases/container/stats.ts'
import { kill, rm, stop } from './cases/container/stop-kill-rm.ts'
import { update } from './cases/container/update.ts'
import { contextShapes } from './cases/context/context-shapes.ts'
import { contexts } from './cases/context/contexts.ts'
import { endpoint } from './cases/context/endpoint.ts'
import { endpointForms } from './cases/context/endpoint-forms.ts'
import { pings } from './cases/context/pings.ts'
import { sshPaths, sshUrls } from './cases/context/ssh-urls.ts'
import { commit, exportGroup, importGroup, load, save } from './cases/image/archives.ts'
import { build } from './cases/image/build.ts'
import { buildkit } from './cases/image/buildkit.ts'
import { buildx } from './cases/image/buildx.ts'
import { history } from './cases/image/history.ts'
import { rmi, tag } from './cases/image/image-verbs.ts'
import { images } from './cases/image/images.ts'
import { pull } from './cases/image/pull.ts'
import { push } from './cases/image/push.ts'
import { networkVerbs } from './cases/network/network-verbs.ts'
import { networks } from './cases/network/networks.ts'
import { enginePlugins } from './cases/plugin/plugins.ts'
import { authConfig } from './cases/registry/auth-config.ts'
import { configValues } from './cases/registry/config-values.ts'
import { helpersGroup } from './cases/registry/helpers.ts'
import { login } from './cases/registry/login.ts'
import { logout } from './cases/registry/logout.ts'
import { manifests } from './cases/registry/manifest.ts'
import { search } from './cases/registry/search.ts'
import { serviceCompletion } from './cases/service/service-completion.ts'
import { serviceCreate } from './cases/service/service-create.ts'
import { serviceLogs } from './cases/service/service-logs.ts'
import { serviceProgress } from './cases/service/service-progress.ts'
import { serviceUpdate } from './cases/service/service-update.ts'
import { serviceVerbs } from './cases/service/service-verbs.ts'
import { stackConfig } from './cases/stack/stack-config.ts'
import { stackDeploy } from './cases/stack/stack-deploy.ts'
import { stacks } from './cases/stack/stacks.ts'
import { nodes } from './cases/swarm/nodes.ts'
import { swarmGroup } from './cases/swarm/swarm.ts'
import { configs, secrets } from './cases/swarm/swarm-files.ts'
import { dialStdio } from './cases/system/dial-stdio.ts'
import { engine29 } from './cases/system/engine-29.ts'
import { events } from './cases/system/events.ts'
import { systemInfo } from './cases/system/info.ts'
import { inspect } from './cases/system/inspect.ts'
import { prune } from './cases/system/prune.ts'
import { systemDf } from './cases/system/system-df.ts'
import { version } from './cases/system/version.ts'
import { volumeVerbs } from './cases/volume/volume-verbs.ts'
import { volumes } from './cases/volume/volumes.ts'

/** Every parity group. */
export const groups: readonly ParityGroup[] = [
  global,
  integers,
  times,
  flagValues,
  names,
  paths,
  bytePaths,
  endpoint,
  endpointForms,
  contextShapes,
  pings,
  searchPath,
  sshUrls,
  sshPaths,
  version,
  ps,
  images,
  stop,
  kill,
  restart,
  pause,
  unpause,
  wait,
  rename,
  update,
  rm,
  rmi,
  tag,
  create,
  createFlags,
  createValues,
  apiSocket,
  run,
  start,
  logs,
  exec,
  attach,
  port,
  top,
  diff,
  inspect,
  history,
  stats,
  systemInfo,
  engine29,
  plugins,
  checkpoints,
  manifests,
  networks,
  volumes,
  swarmGroup,
  secrets,
  configs,
  nodes,
  templates,
  pull,
  push,
  login,
  logout,
  helpersGroup,
  authConfig,
  configValues,
  search,
  build,
  networkVerbs,
  volumeVerbs,
  enginePlugins,
  prune,
  events,
  systemDf,
  dialStdio,
  contexts,
  buildkit,
  buildx,
  cp,
  save,
  load,
  exportGroup,
  importGroup,
  commit,
  completion,
  serviceCreate,
  serviceUpdate,
  serviceVerbs,
  serviceLogs,
  serviceProgress,
  serviceCompletion,
  stackConfig,
  stacks,
  stackDeploy,
]
