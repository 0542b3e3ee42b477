import type { ParityGroup } from './case.ts'
import { apiSocket } from './cases/api-socket.ts'
import { commit, exportGroup, importGroup, load, save } from './cases/archives.ts'
import { attach } from './cases/attach.ts'
import { exec, logs, start } from './cases/attached.ts'
import { authConfig } from './cases/auth-config.ts'
import { build } from './cases/build.ts'
import { buildkit } from './cases/buildkit.ts'
import { checkpoints } from './cases/checkpoint.ts'
import { completion } from './cases/completion.ts'
import { contexts } from './cases/contexts.ts'
import { cp } from './cases/cp.ts'
import { create } from './cases/create.ts'
import { createFlags } from './cases/create-flags.ts'
import { createValues } from './cases/create-values.ts'
import { endpoint } from './cases/endpoint.ts'
import { events } from './cases/events.ts'
import { global } from './cases/global.ts'
import { helpersGroup } from './cases/helpers.ts'
import { history } from './cases/history.ts'
import { rmi, tag } from './cases/image-verbs.ts'
import { images } from './cases/images.ts'
import { systemInfo } from './cases/info.ts'
import { diff, port, top } from './cases/insight.ts'
import { inspect } from './cases/inspect.ts'
import { kill, rm, stop } from './cases/lifecycle.ts'
import { login } from './cases/login.ts'
import { logout } from './cases/logout.ts'
import { manifests } from './cases/manifest.ts'
import { networkVerbs } from './cases/network-verbs.ts'
import { networks } from './cases/networks.ts'
import { nodes } from './cases/nodes.ts'
import { plugins } from './cases/plugins.ts'
import { prune } from './cases/prune.ts'
import { ps } from './cases/ps.ts'
import { pull } from './cases/pull.ts'
import { push } from './cases/push.ts'
import { run } from './cases/run.ts'
import { search } from './cases/search.ts'
import { serviceCompletion } from './cases/service-completion.ts'
import { serviceCreate } from './cases/service-create.ts'
import { serviceLogs } from './cases/service-logs.ts'
import { serviceProgress } from './cases/service-progress.ts'
import { serviceUpdate } from './cases/service-update.ts'
import { serviceVerbs } from './cases/service-verbs.ts'
import { stats } from './cases/stats.ts'
import { swarmGroup } from './cases/swarm.ts'
import { configs, secrets } from './cases/swarm-files.ts'
import { systemDf } from './cases/system-df.ts'
import { templates } from './cases/templates.ts'
import { update } from './cases/update.ts'
import { pause, rename, restart, unpause, wait } from './cases/verbs.ts'
import { version } from './cases/version.ts'
import { volumeVerbs } from './cases/volume-verbs.ts'
import { volumes } from './cases/volumes.ts'

/** Every group, in the order of a day's work. */
export const groups: readonly ParityGroup[] = [
  global,
  endpoint,
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
  search,
  build,
  networkVerbs,
  volumeVerbs,
  prune,
  events,
  systemDf,
  contexts,
  buildkit,
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
]
