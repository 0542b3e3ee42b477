import { constants } from 'node:fs'

/** Bits of Go's os.FileMode beside the nine permission bits. */
export const GO_MODE = {
  directory: 0x8000_0000,
  symlink: 0x0800_0000,
  device: 0x0400_0000,
  fifo: 0x0200_0000,
  socket: 0x0100_0000,
  setUid: 0x0080_0000,
  setGid: 0x0040_0000,
  charDevice: 0x0020_0000,
  sticky: 0x0010_0000,
} as const

const PERMISSIONS = 0o777
const UNIX = { setUid: 0o4000, setGid: 0o2000, sticky: 0o1000 } as const

/** A mode of the system as Go has it; a socket is a plain file, as fsutil sends it. */
export function goMode(mode: number): number {
  return (
    ((mode & PERMISSIONS) |
      goType(mode) |
      (mode & UNIX.setUid ? GO_MODE.setUid : 0) |
      (mode & UNIX.setGid ? GO_MODE.setGid : 0) |
      (mode & UNIX.sticky ? GO_MODE.sticky : 0)) >>>
    0
  )
}

/** The permissions, with the set-id and sticky bits, that a mode of Go's stands for. */
export function permissions(mode: number): number {
  return (
    (mode & PERMISSIONS) |
    (mode & GO_MODE.setUid ? UNIX.setUid : 0) |
    (mode & GO_MODE.setGid ? UNIX.setGid : 0) |
    (mode & GO_MODE.sticky ? UNIX.sticky : 0)
  )
}

/** Whether content can be asked for: everything that has a type has none. */
export function isPlainFile(mode: number): boolean {
  const types =
    GO_MODE.directory | GO_MODE.symlink | GO_MODE.device | GO_MODE.fifo | GO_MODE.socket | GO_MODE.charDevice
  return (mode & types) === 0
}

function goType(mode: number): number {
  switch (mode & constants.S_IFMT) {
    case constants.S_IFDIR:
      return GO_MODE.directory
    case constants.S_IFLNK:
      return GO_MODE.symlink
    case constants.S_IFBLK:
      return GO_MODE.device
    case constants.S_IFCHR:
      return GO_MODE.device | GO_MODE.charDevice
    case constants.S_IFIFO:
      return GO_MODE.fifo
    default:
      return 0
  }
}
