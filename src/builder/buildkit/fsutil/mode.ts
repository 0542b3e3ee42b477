import { constants } from 'node:fs'

/** The bits of Go's os.FileMode other than the nine permission bits. */
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

/** Converts a mode of the system to Go's. A socket becomes a regular file, as fsutil sends it. */
export function toGoMode(mode: number): number {
  return (
    ((mode & PERMISSIONS) |
      goType(mode) |
      (mode & UNIX.setUid ? GO_MODE.setUid : 0) |
      (mode & UNIX.setGid ? GO_MODE.setGid : 0) |
      (mode & UNIX.sticky ? GO_MODE.sticky : 0)) >>>
    0
  )
}

/** Converts a mode of Go to the permissions of the system, with the set-id and sticky bits. */
export function toPermissions(mode: number): number {
  return (
    (mode & PERMISSIONS) |
    (mode & GO_MODE.setUid ? UNIX.setUid : 0) |
    (mode & GO_MODE.setGid ? UNIX.setGid : 0) |
    (mode & GO_MODE.sticky ? UNIX.sticky : 0)
  )
}

/** Returns whether a mode of Go is that of a regular file; only those have content that can be requested. */
export function isRegularFile(mode: number): boolean {
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
