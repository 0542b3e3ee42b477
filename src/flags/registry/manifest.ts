import { bool, strings, text } from '../flag.ts'

/** `--insecure` of the commands that send requests to a registry. */
export const insecure = bool({ summary: 'Allow a registry without TLS or with an unknown certificate' })

/** The flags of `manifest annotate`. */
export const annotationFlags = {
  arch: text({ completes: 'manifest architectures', summary: 'Architecture' }),
  os: text({ completes: 'manifest operating systems', summary: 'Operating system' }),
  'os-features': strings({ summary: 'Required operating system feature' }),
  'os-version': text({ summary: 'Operating system version' }),
  variant: text({ summary: 'Architecture variant' }),
}
