import { bool, strings, text } from '../flag.ts'

/** For the commands that ask a registry. */
export const insecure = bool({ summary: 'Take a registry without TLS, or whose certificate is not known' })

/** What `manifest annotate` writes into a manifest's entry. */
export const annotationFlags = {
  arch: text({ completes: 'manifest architectures', summary: 'Architecture' }),
  os: text({ completes: 'manifest operating systems', summary: 'Operating system' }),
  'os-features': strings({ summary: 'Feature that the operating system must have' }),
  'os-version': text({ summary: 'Version of the operating system' }),
  variant: text({ summary: 'Variant of the architecture' }),
}
