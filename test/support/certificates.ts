import { execFile } from 'node:child_process'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const THIS_MACHINE = 'IP:127.0.0.1,DNS:localhost'

/** Makes, with openssl, directories such as DOCKER_CERT_PATH names: `ca.pem`, `cert.pem`, `key.pem`. */
export class CertificateMaker {
  readonly #directory: string

  constructor(directory: string) {
    this.#directory = directory
  }

  /** A certificate authority of its own. */
  async authority(name: string): Promise<string> {
    const directory = await this.#make(name)
    await openssl(directory, [
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
    return directory
  }

  /**
   * A certificate signed by the authority in `ca`.
   * @param notAfter openssl's date; a day from now unless given
   * @param subjects whom it is for, in openssl's words
   */
  async certificate(name: string, ca: string, notAfter?: string, subjects = THIS_MACHINE): Promise<string> {
    const directory = await this.#make(name)
    await openssl(directory, [
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
    await writeFile(join(directory, 'extensions'), `subjectAltName=${subjects}\n`)
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
    await openssl(directory, ['x509', ...signing, '-out', 'cert.pem', '-extfile', 'extensions', ...dates])
    await copyFile(join(ca, 'ca.pem'), join(directory, 'ca.pem'))
    return directory
  }

  async #make(name: string): Promise<string> {
    const directory = join(this.#directory, name)
    await mkdir(directory)
    return directory
  }
}

async function openssl(cwd: string, args: readonly string[]): Promise<void> {
  await promisify(execFile)('openssl', [...args], { cwd })
}
