// The inverse of isolation.ts: the flags that set the isolation of a container.
import type { CreateBody } from '../../domain/container/create-request.ts'
import { type FlagArgument, pairArguments, switchArgument, textArgument, textArguments } from './flag-argument.ts'

/** The start of the security option that contains a seccomp profile, which is typed as the name of a file. */
const SECCOMP_PROFILE = 'seccomp={'

/** Returns the flags of isolation.ts. @param profileFile the file that contains the seccomp profile, if there is one */
export function isolationArguments({ HostConfig: host }: CreateBody, profileFile: string): FlagArgument[] {
  const options = (host.SecurityOpt ?? []).map((option) =>
    option.startsWith(SECCOMP_PROFILE) ? `seccomp=${profileFile}` : option,
  )
  const hasAllPaths = host.MaskedPaths?.length === 0 && host.ReadonlyPaths?.length === 0
  return [
    ...switchArgument('privileged', host.Privileged),
    ...textArguments('cap-add', host.CapAdd),
    ...textArguments('cap-drop', host.CapDrop),
    ...textArguments('security-opt', [...options, ...(hasAllPaths ? ['systempaths=unconfined'] : [])]),
    ...textArgument('cgroupns', host.CgroupnsMode),
    ...textArgument('ipc', host.IpcMode),
    ...textArgument('pid', host.PidMode),
    ...textArgument('userns', host.UsernsMode),
    ...textArgument('uts', host.UTSMode),
    ...textArgument('isolation', host.Isolation),
    ...textArgument('runtime', host.Runtime),
    ...pairArguments('sysctl', host.Sysctls),
  ]
}

/** Returns the text of the seccomp profile of a request; undefined without one. */
export function seccompProfile({ HostConfig: host }: CreateBody): { text: string; index: number } | undefined {
  const index = (host.SecurityOpt ?? []).findIndex((option) => option.startsWith(SECCOMP_PROFILE))
  const option = host.SecurityOpt?.[index]
  return option === undefined ? undefined : { text: option.slice('seccomp='.length), index }
}
