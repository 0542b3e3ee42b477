import { execFile } from 'node:child_process'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Makes, with openssl, folders such as DOCKER_CERT_PATH names: `ca.pem`, `cert.pem`, `key.pem`. */
export class CertificateMaker {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** A certificate authority of its own. */
  async authority(name: string): Promise<string> {
    const folder = await this.#make(name)
    await openssl(folder, [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'ca-key.pem',
      '-out',
      'ca.pem',
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
    ])
    return folder
  }

  /** A certificate for 127.0.0.1, signed by the authority in `ca`. @param notAfter openssl's date; a day from now unless given */
  async certificate(name: string, ca: string, notAfter?: string): Promise<string> {
    const folder = await this.#make(name)
    await openssl(folder, [
      'req',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'key.pem',
      '-out',
      'request.pem',
      '-subj',
      `/CN=${name}`,
    ])
    await writeFile(join(folder, 'extensions'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n')
    const signing = [
      '-req',
      '-in',
      'request.pem',
      '-CA',
      join(ca, 'ca.pem'),
      '-CAkey',
      join(ca, 'ca-key.pem'),
      '-CAcreateserial',
    ]
    const dates = notAfter === undefined ? ['-days', '1'] : ['-days', notAfter]
    await openssl(folder, ['x509', ...signing, '-out', 'cert.pem', '-extfile', 'extensions', ...dates])
    await copyFile(join(ca, 'ca.pem'), join(folder, 'ca.pem'))
    return folder
  }

  async #make(name: string): Promise<string> {
    const folder = join(this.#folder, name)
    await mkdir(folder)
    return folder
  }
}

async function openssl(cwd: string, args: readonly string[]): Promise<void> {
  await promisify(execFile)('openssl', [...args], { cwd })
}
