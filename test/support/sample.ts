import { createHash } from 'node:crypto'

/** Of the tests that repeat another one with a second program or an older engine, one of this many is run. */
const SAMPLE = 8

/** The names in titles of tests. The first one of each kind is that with which every test runs. */
export interface Variants {
  readonly programs: readonly string[]
  readonly engines: readonly string[]
}

/**
 * Returns those of a file's tests that are run: all with the first program and engine, all that exist for others alone, and
 * a sample of those that repeat a test with another program or engine.
 * @param titles the titles of the tests, with those of the suites around them
 */
export function sampleOf(titles: readonly string[], variants: Variants): ReadonlySet<string> {
  const all = new Set(titles)
  return new Set(
    titles.filter((title) => {
      const original = withFirst(title, variants)
      return original === title || !all.has(original) || isInSample(original)
    }),
  )
}

/** Replaces the names of programs and engines in a title by the first ones. */
function withFirst(title: string, { programs, engines }: Variants): string {
  return [programs, engines].reduce(
    (text, [first = '', ...others]) => others.reduce((replaced, name) => replaced.replaceAll(name, first), text),
    title,
  )
}

/** Chooses by the title, so that the sample stays the same when tests are added. */
function isInSample(title: string): boolean {
  return (createHash('sha256').update(title).digest()[0] ?? 0) % SAMPLE === 0
}
