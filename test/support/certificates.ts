import { execFile } from 'node:child_process'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const THIS_MACHINE = 'IP:127.0.0.1,DNS:localhost'

/** Creates directories as DOCKER_CERT_PATH expects them (`ca.pem`, `cert.pem`, `key.pem`) with openssl. */
export class CertificateMaker {
  readonly #directory: string

  constructor(directory: string) {
    this.#directory = directory
  }

  /** Creates a certificate authority and returns its directory. */
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
   * Creates a certificate signed by the authority in the directory `ca`, and returns its directory.
   * @param notAfter days of validity, as openssl takes them; one day by default
   * @param subjects the subject alternative names, as openssl takes them
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
