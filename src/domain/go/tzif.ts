import type { Zone, ZoneMoment } from './gotime.ts'
import { posixZone } from './posix-zone.ts'

/** The clock changes of a zone: at each moment its clocks begin to show the moment of the same index. */
interface Transitions {
  readonly times: readonly number[]
  readonly moments: readonly ZoneMoment[]
  readonly before: ZoneMoment
}

const MAGIC = 0x545a6966
const HEADER = 44

/** The zone of a compiled time zone file (RFC 8536); undefined for bytes that are none. */
export function tzifZone(bytes: Uint8Array): Zone | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEADER || view.getUint32(0) !== MAGIC) return
  try {
    const first = block(view, 0, 4)
    // Version 2 and later repeat the data with 64-bit times, and name the rule for times after the last change.
    if (view.getUint8(4) === 0) return zoneOf(first.transitions)
    const second = block(view, first.end, 8)
    const footer = new TextDecoder().decode(bytes.subarray(second.end)).trim()
    return zoneOf(second.transitions, posixZone(footer))
  } catch (error) {
    if (error instanceof RangeError) return
    throw error
  }
}

function zoneOf({ times, moments, before }: Transitions, after?: Zone): Zone {
  return (unixSeconds) => {
    const last = times.at(-1)
    if (after !== undefined && (last === undefined || unixSeconds >= last)) return after(unixSeconds)
    const index = times.findLastIndex((time) => time <= unixSeconds)
    return moments[index] ?? before
  }
}

/** One block of a file: `size` is the width of its times in bytes. */
function block(view: DataView, start: number, size: 4 | 8): { transitions: Transitions; end: number } {
  const count = (index: number) => view.getUint32(start + 20 + 4 * index)
  const [utcFlags, standardFlags, leaps, timeCount, typeCount, nameBytes] = [0, 1, 2, 3, 4, 5].map(count)
  const types = start + HEADER + (timeCount ?? 0) * (size + 1)
  const names = types + (typeCount ?? 0) * 6
  const moment = (index: number): ZoneMoment => {
    const at = types + 6 * index
    return { offset: view.getInt32(at), name: textAt(view, names + view.getUint8(at + 5)) }
  }
  const times: number[] = []
  const moments: ZoneMoment[] = []
  for (let index = 0; index < (timeCount ?? 0); index++) {
    const at = start + HEADER + index * size
    times.push(size === 4 ? view.getInt32(at) : Number(view.getBigInt64(at)))
    moments.push(moment(view.getUint8(start + HEADER + (timeCount ?? 0) * size + index)))
  }
  const standard = Array.from({ length: typeCount ?? 0 }, (_, index) => index).find(
    (index) => view.getUint8(types + 6 * index + 4) === 0,
  )
  const end = names + (nameBytes ?? 0) + (leaps ?? 0) * (size + 4) + (standardFlags ?? 0) + (utcFlags ?? 0)
  return { transitions: { times, moments, before: moment(standard ?? 0) }, end }
}

function textAt(view: DataView, start: number): string {
  let text = ''
  for (let at = start; view.getUint8(at) !== 0; at++) text += String.fromCharCode(view.getUint8(at))
  return text
}
