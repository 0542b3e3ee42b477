import { type Frame, failure, json, noContent, type Replies, type Reply } from '../../../support/fake-replies.ts'

export const ID = 'feedc0de254729296a45a3885639ac7e10f9d549abcdef0123456789abcdef42'
export const created = json({ Id: ID, Warnings: [] }, 201)
export const creating: Replies = { 'POST /containers/create': created }

/** A container that writes some output after its start and exits. */
export function running(
  output: { frames?: readonly Frame[]; raw?: string; exit?: number; extra?: Replies; readsStdin?: boolean } = {},
): Replies {
  const started = `POST /containers/${ID}/start`
  // With only stdin attached, the client may leave out what it has not sent when the container exits.
  const exited = output.readsStdin ? `STDIN /containers/${ID}/attach` : started
  const attached: Reply = {
    hijack: true,
    ...(output.raw === undefined ? { frames: output.frames ?? [] } : { chunks: [output.raw] }),
    ...(output.readsStdin ? { readsStdin: true } : {}),
    after: started,
  }
  return {
    'POST /containers/create': created,
    [`POST /containers/${ID}/attach`]: attached,
    [`POST /containers/${ID}/wait`]: { json: { StatusCode: output.exit ?? 0 }, after: exited },
    [started]: noContent,
    [`GET /containers/${ID}/json`]: json({
      Id: ID,
      State: { Running: false, ExitCode: output.exit ?? 0 },
      Config: {},
      HostConfig: {},
    }),
    ...output.extra,
  }
}

export const noImage = failure(404, 'No such image: img:latest')
export const pulled: Reply = {
  lines: [
    { status: 'Pulling from library/img', id: 'latest' },
    { status: 'Pulling fs layer', progressDetail: {}, id: 'aaaaaaaaaaaa' },
    { status: 'Downloading', progressDetail: { current: 5, total: 10 }, progress: '[==>]', id: 'aaaaaaaaaaaa' },
    { status: 'Pull complete', progressDetail: {}, id: 'aaaaaaaaaaaa' },
    { status: 'Digest: sha256:9bea9f2796e236cb18c2b3ad561ff29f655d1001f9ec7247a0bc5e08d25652a1' },
    { status: 'Status: Downloaded newer image for img:latest' },
  ],
}
/** The image is missing first, then it can be pulled. */
export const missingImage: Replies = { 'POST /containers/create': [noImage, created], 'POST /images/create': pulled }
