import { parseMount } from '../../domain/container/mount.ts'
import { bool, text, texts } from '../flag.ts'
import { each } from '../values.ts'

/** What the container sees as files, and where its output is kept. */
export const storageFlags = {
  'log-driver': text({ summary: 'How the output is kept' }),
  'log-opt': texts({ summary: 'Option of the log driver, KEY=value' }),
  mount: each({
    summary: 'Mount a directory, volume, image or tmpfs: type=…,source=…,target=…',
    valueType: 'mount',
    read: parseMount,
  }),
  'read-only': bool({ summary: "Make the container's own files read-only" }),
  'storage-opt': texts({ summary: 'Option of the storage driver, KEY=value' }),
  tmpfs: texts({ summary: 'Mount an empty directory in memory, PATH[:OPTIONS]' }),
  volume: texts({ char: 'v', summary: 'Mount a host directory or a volume, SOURCE:TARGET[:OPTIONS]' }),
  'volume-driver': text({ summary: 'Driver of volumes that are created' }),
  'volumes-from': texts({ summary: 'Mount what another container mounts, NAME[:ro]' }),
}
