import { parseMount } from '../../domain/container/mount.ts'
import { bool, text, texts } from '../flag.ts'
import { each } from '../values.ts'

/** What the container sees as files, and where its output is kept. */
export const storageFlags = {
  'log-driver': text({ completes: 'log drivers', summary: 'How the output is kept' }),
  'log-opt': texts({ completes: 'log options', summary: 'Option of the log driver, KEY=value' }),
  mount: each({
    summary: 'Mount a directory, volume, image or tmpfs: type=…,source=…,target=…',
    valueType: 'mount',
    read: parseMount,
  }),
  'read-only': bool({ summary: "Make the container's own files read-only" }),
  'storage-opt': texts({ completes: 'storage options', summary: 'Option of the storage driver, KEY=value' }),
  tmpfs: texts({ summary: 'Mount an empty directory in memory, PATH[:OPTIONS]' }),
  volume: texts({ char: 'v', summary: 'Mount a host directory or a volume, SOURCE:TARGET[:OPTIONS]' }),
  'volume-driver': text({ completes: 'volume drivers', summary: 'Driver of volumes that are created' }),
  'volumes-from': texts({ completes: 'containers', summary: 'Mount what another container mounts, NAME[:ro]' }),
}
