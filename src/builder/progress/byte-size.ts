import { fixed } from '../../domain/go/decimal.ts'
import type { VertexStatus } from '../buildkit/status.ts'

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB']

/** How far a part is: `1.05MB / 3.10MB`, `1.05MB` where the whole is not known, empty where nothing is. */
export function amountText({ current, total }: Pick<VertexStatus, 'current' | 'total'>): string {
  if (total !== 0) return `${byteSize(current)} / ${byteSize(total)}`
  return current === 0 ? '' : byteSize(current)
}

/** Bytes with two digits behind the point, in powers of 1000; less than 1000 of them without. */
function byteSize(bytes: number): string {
  let unit = 0
  let base = 1
  while (Math.abs(bytes) >= base * 1000 && unit < UNITS.length - 1) {
    base *= 1000
    unit++
  }
  return unit === 0 ? `${bytes}B` : `${fixed(bytes / base, 2)}${UNITS[unit]}`
}
