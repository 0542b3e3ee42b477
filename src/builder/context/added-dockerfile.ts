import type { AddedFile } from './tar.ts'

/**
 * Returns the files with which docker adds an outside Dockerfile to a build context: the Dockerfile under a random
 * name, and a .dockerignore that excludes it, so that `COPY .` does not copy it.
 * @param randomHex 20 hexadecimal digits
 */
export function createDockerfileEntries(
  content: Buffer,
  randomHex: string,
): { name: string; files: readonly AddedFile[] } {
  const name = `.dockerfile.${randomHex}`
  const ignore = (present: Buffer | undefined) =>
    Buffer.concat([present ?? Buffer.from('.dockerignore'), Buffer.from(`\n${name}\n`)])
  return {
    name,
    files: [
      { name, content: () => content },
      { name: '.dockerignore', content: ignore },
    ],
  }
}
