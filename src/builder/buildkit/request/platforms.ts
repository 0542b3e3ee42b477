import { formatPlatform, type Platform, parsePlatform } from '../../../domain/image/platform.ts'

/**
 * Reads `--platform`, each a list; `local` is the client's own.
 * @param own the platform this program runs on
 * @throws Error with containerd's text
 */
export function readPlatforms(texts: readonly string[], own: Platform): readonly string[] {
  return texts
    .flatMap((text) => text.split(','))
    .map((text) => formatPlatform(text === 'local' ? own : normalized(parsePlatform(text, own))))
}

/** The variants that go without saying: arm is v7, arm64 is v8. */
function normalized(platform: Platform): Platform {
  const { architecture, variant, ...rest } = platform
  if (architecture === 'arm' && variant === undefined) return { ...platform, variant: 'v7' }
  return architecture === 'arm64' && variant === 'v8' ? { ...rest, architecture } : platform
}
