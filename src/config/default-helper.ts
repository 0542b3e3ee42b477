import { hasProgram } from '../programs/programs.ts'

/**
 * The credential helper that docker takes where config.json names none and holds no credentials: the platform's own,
 * if it is installed; on Linux `pass` where there is such a program, else `secretservice`. Empty for none.
 * @param path the PATH to look for programs in
 */
export function defaultHelper(path: string, platform: NodeJS.Platform): string {
  const name = platformHelper(path, platform)
  return hasProgram(`docker-credential-${name}`, path) ? name : ''
}

function platformHelper(path: string, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'osxkeychain'
  if (platform === 'win32') return 'wincred'
  return hasProgram('pass', path) ? 'pass' : 'secretservice'
}
