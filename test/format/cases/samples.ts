/** Returns a generator of pseudo-random integers from 0 up to a limit, which are the same in every run. */
function numbers(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * limit)
  }
}

/** Returns sizes in bytes: limits of units, values halfway between two roundings, and many others. */
export function sampleSizes(): number[] {
  const next = numbers(7)
  const sizes = [
    1, 9, 10, 99, 100, 999, 1000, 1005, 1015, 1125, 1135, 9995, 99_950, 999_499, 999_500, 999_999, 1e6, 1_125_000,
  ]
  for (let index = 0; index < 300; index++) {
    sizes.push(1 + Math.floor(Math.exp((next(1e6) / 1e6) * 42)), 125 + next(5000) * 125, 5 + next(100_000) * 5)
  }
  return [...sizes, 2 ** 40, 2 ** 62, 5e18]
}

const CHARACTERS = [
  ...[
    'a',
    'b',
    ' ',
    '"',
    '\\',
    '\n',
    '\t',
    '\u0001',
    '\u007f',
    'é',
    '日',
    '…',
    '\u200b',
    '😀',
    '\u0301',
    'ｱ',
    '\ufeff',
  ],
  ...['\u00a0', '\u3099', '한', '\u{10ffff}', 'ä', '\u00ad', '\v', '\f'],
]

/** Returns texts with characters that are wide, have no width, combine with others, or end cells. */
export function sampleText(): string[] {
  const next = numbers(11)
  const text = () => Array.from({ length: next(26) }, () => CHARACTERS[next(CHARACTERS.length)] ?? '').join('')
  return Array.from({ length: 500 }, text)
}

/** Texts whose characters form grapheme clusters. */
export const CLUSTERS = [
  ...['🇩🇪', '🇩🇪🇩🇪', '🇩', 'a🇩🇪b', '👨‍👩‍👧', 'x👨‍👩‍👧👩‍👧', '👍🏽', '❤️', '☺️', '1️⃣', '👩🏽‍🚀', '한', 'ᄒ', '각'],
  ...['क्षि', 'नमस्ते', 'e\u0301', '\u0301', 'ｱ\u0301', 'a\u00ad', '日\ufeff', '\u00a0\u0301', '…'],
]
