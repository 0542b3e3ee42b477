import { type Int64, wrapInt64 } from '../go/int.ts'
import { parseRational } from '../go/rational.ts'

const NANO = 1_000_000_000n

/**
 * Parses a number of CPUs, `1.5`, `1/2`, `5e-1` (Go's `big.Rat`).
 * @returns billionths of a CPU
 * @throws Error with docker's reason
 */
export function parseNanoCpus(text: string): Int64 {
  const ratio = parseRational(text)
  if (!ratio) throw new Error(`failed to parse ${text} as a rational number`)
  const nano = ratio.numerator * NANO
  if (nano % ratio.denominator !== 0n) throw new Error('value is too precise')
  return wrapInt64(nano / ratio.denominator)
}
