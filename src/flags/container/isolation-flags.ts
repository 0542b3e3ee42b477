import { checkSysctl } from '../../domain/container/sysctl.ts'
import { bool, text, texts } from '../flag.ts'
import { each } from '../values.ts'

/** What separates the container from the host, and what it may do. */
export const isolationFlags = {
  'cap-add': texts({ completes: 'capabilities', summary: 'Allow a Linux capability' }),
  'cap-drop': texts({ completes: 'capabilities', summary: 'Take a Linux capability away' }),
  cgroupns: text({
    completes: ['host', 'private'],
    summary: 'Control group namespace: host or private',
    minApi: '1.41',
  }),
  ipc: text({ completes: 'IPC modes', summary: 'IPC namespace' }),
  isolation: text({ summary: 'Isolation technology' }),
  pid: text({ completes: 'PID modes', summary: 'Process namespace: host or container:NAME' }),
  privileged: bool({ summary: 'Give it all rights on the host' }),
  runtime: text({ summary: 'OCI runtime to use' }),
  'security-opt': texts({ completes: 'security options', summary: 'Security option, KEY=value' }),
  sysctl: each({
    summary: 'Kernel setting inside, NAME=value',
    valueType: 'map',
    defaultText: 'map[]',
    read: checkSysctl,
  }),
  userns: text({ completes: ['host'], summary: 'User namespace: host' }),
  uts: text({ completes: ['host'], summary: 'UTS namespace: host' }),
}
