import { parseRamBytes } from '../size.ts'

export interface DeviceWeight {
  readonly Path: string
  readonly Weight: number
}

export interface DeviceRate {
  readonly Path: string
  readonly Rate: number
}

/** Reads one `--blkio-weight-device`, `/dev/sda:200`. @throws Error with docker's reason */
export function parseDeviceWeight(text: string): DeviceWeight {
  const { path, amount } = splitDevice(text)
  const weight = /^\d+$/.test(amount) ? Number(amount) : Number.NaN
  if (!(weight === 0 || (weight >= 10 && weight <= 1000))) throw new Error(`invalid weight for device: ${text}`)
  return { Path: path, Weight: weight }
}

/** Reads one `--device-read-bps`, `/dev/sda:1mb`; the rate is in bytes a second. @throws Error with docker's reason */
export function parseDeviceByteRate(text: string): DeviceRate {
  const { path, amount } = splitDevice(text)
  const complaint = badRate(text, '<number>[<unit>]', '. Unit is optional and can be kb, mb, or gb')
  try {
    const rate = parseRamBytes(amount)
    if (rate >= 0) return { Path: path, Rate: rate }
  } catch {
    throw complaint
  }
  throw complaint
}

/** Reads one `--device-read-iops`, `/dev/sda:100`; the rate is in operations a second. @throws Error with docker's reason */
export function parseDeviceOperationRate(text: string): DeviceRate {
  const { path, amount } = splitDevice(text)
  if (!/^\d+$/.test(amount) || BigInt(amount) >= 1n << 64n) throw badRate(text, '<number>', '')
  return { Path: path, Rate: Number(amount) }
}

function splitDevice(text: string): { path: string; amount: string } {
  const colon = text.indexOf(':')
  if (colon <= 0) throw new Error(`bad format: ${text}`)
  const path = text.slice(0, colon)
  if (!path.startsWith('/dev/')) throw new Error(`bad format for device path: ${text}`)
  return { path, amount: text.slice(colon + 1) }
}

function badRate(text: string, format: string, unitHint: string): Error {
  return new Error(
    `invalid rate for device: ${text}. The correct format is <device-path>:${format}. Number must be a positive integer${unitHint}`,
  )
}
