import type { FileContent } from '../../case.ts'

export const DIGEST = 'sha256:9bea9f2796e236cb18c2b3ad561ff29f655d1001f9ec7247a0bc5e08d25652a1'
export const basic = (user: string, password: string) => ({
  auth: Buffer.from(`${user}:${password}`).toString('base64'),
})
export const HUB = 'https://index.docker.io/v1/'
export const auths = {
  auths: {
    [HUB]: basic('hubber', 'hub+/secret'),
    'example.com': basic('someone', 'pässwörd?~'),
    'token.example.com': { ...basic('u', ''), identitytoken: 'idtoken' },
    'https://schemed.example.com/v2/': basic('s', 'c'),
  },
}

/** A credential helper written with shell built-ins. It has credentials for one server and records its input. */
export const helper: FileContent = {
  mode: 0o755,
  text: `#!/bin/sh
read -r line
echo "$1 $line" >> "$HOME/helper.log"
case "$1 $line" in
  "get helped.example.com") echo '{"ServerURL":"helped.example.com","Username":"helped","Secret":"from helper"}' ;;
  "get token.example.com") echo '{"ServerURL":"token.example.com","Username":"<token>","Secret":"identity"}' ;;
  "get broken.example.com") echo 'helper is broken'; exit 1 ;;
  get*) echo 'credentials not found in native keychain'; exit 1 ;;
  list*) echo '{"helped.example.com":"helped"}' ;;
esac
`,
}
export const helpers = { 'bin/docker-credential-fake': helper }
