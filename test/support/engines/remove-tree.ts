import { command } from './command.ts'

/** On Linux, what is mounted in a tree is not removed. The `rm` of other systems has no such option. */
const OPTIONS = process.platform === 'linux' ? ['-rf', '--one-file-system'] : ['-rf']

/** Removes a directory with everything in it. A directory that does not exist is not an error. */
export async function removeTree(directory: string): Promise<void> {
  await command('rm', [...OPTIONS, '--', directory])
}
