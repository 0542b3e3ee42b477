const NANO = 1_000_000_000n

/**
 * Parses a number of CPUs, `1.5`, `1/2`, `5e-1` (Go's `big.Rat`).
 * @returns billionths of a CPU
 * @throws Error with docker's reason
 */
export function parseNanoCpus(text: string): number {
  const ratio = parseRatio(text)
  if (!ratio || ratio.denominator === 0n) throw new Error(`failed to parse ${text} as a rational number`)
  const nano = ratio.numerator * NANO
  if (nano % ratio.denominator !== 0n) throw new Error('value is too precise')
  return Number(nano / ratio.denominator)
}

interface Ratio {
  readonly numerator: bigint
  readonly denominator: bigint
}

function parseRatio(text: string): Ratio | undefined {
  const [top = '', bottom] = text.split('/')
  if (bottom !== undefined) {
    const numerator = parseWhole(top)
    const denominator = /^[+-]/.test(bottom) ? undefined : parseWhole(bottom)
    return numerator === undefined || denominator === undefined ? undefined : { numerator, denominator }
  }
  return parseDecimal(text)
}

function parseDecimal(text: string): Ratio | undefined {
  if (/^[+-]?0[xXbBoO]/.test(text)) {
    const numerator = parseWhole(text)
    return numerator === undefined ? undefined : { numerator, denominator: 1n }
  }
  const match = /^([+-]?)(\d+(?:_\d+)*)?(?:\.(\d+(?:_\d+)*)?)?(?:[eE]([+-]?\d{1,4}))?$/.exec(text)
  const whole = (match?.[2] ?? '').replaceAll('_', '')
  const fraction = (match?.[3] ?? '').replaceAll('_', '')
  if (!match || whole + fraction === '') return undefined
  const magnitude = BigInt(whole + fraction)
  const exponent = BigInt(match[4] ?? 0) - BigInt(fraction.length)
  const numerator = match[1] === '-' ? -magnitude : magnitude
  if (exponent >= 0n) return { numerator: numerator * 10n ** exponent, denominator: 1n }
  return { numerator, denominator: 10n ** -exponent }
}

function parseWhole(text: string): bigint | undefined {
  const match = /^([+-]?)(0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|\d[\d_]*)$/.exec(text)
  if (!match) return undefined
  const magnitude = BigInt((match[2] ?? '').replaceAll('_', ''))
  return match[1] === '-' ? -magnitude : magnitude
}
