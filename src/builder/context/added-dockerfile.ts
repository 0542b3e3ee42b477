import type { AddedFile } from './tar.ts'

/**
 * The files by which docker adds a Dockerfile from elsewhere to a build context: one with a random name, and a
 * .dockerignore that leaves that name out, so that `COPY .` does not see it.
 * @param randomHex 20 hexadecimal digits
 */
export function addedDockerfile(content: Buffer, randomHex: string): { name: string; files: readonly AddedFile[] } {
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
