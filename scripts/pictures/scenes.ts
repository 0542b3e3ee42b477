/** A session whose last screen becomes a picture of the README. */
export interface Scene {
  /** The name of the file in docs/pictures. */
  readonly name: string
  readonly title: string
  /** Commands that prepare the engine, without a picture. */
  readonly prepare: readonly string[]
  /** The commands that are shown, with their output. The last one may be a prompt or may not end. */
  readonly commands: readonly string[]
  /** What the screen shows when the picture is taken. */
  readonly until: string | RegExp
  readonly columns: number
  /** Files of the working directory. */
  readonly files?: Readonly<Record<string, string>>
}

const BUSY = 'sleep 1000'

/** The commands run with BuildKit on an engine that has `busybox` and `python:3.8-slim` to pull. */
export const SCENES: readonly Scene[] = [
  {
    name: 'build',
    title: 'A build in progress: finished steps, and the output of the step that runs',
    prepare: ['tug pull -q python:3.8-slim'],
    commands: ['tug build -t shop .'],
    until: /unittest -v +[3-9]\.\ds[\s\S]*test_orders/,
    columns: 96,
    files: {
      Dockerfile:
        'FROM python:3.8-slim\nWORKDIR /shop\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nRUN python -m unittest -v\n',
      'requirements.txt': 'flask\nredis\n',
      'test_shop.py': `import time, unittest
class Shop(unittest.TestCase):
    def test_cart(self): pass
    def test_login(self): pass
    def test_orders(self): time.sleep(60)
`,
    },
  },
  {
    name: 'ps',
    title: 'tug ps in a framed table as wide as the terminal',
    prepare: [
      `tug run -d --name db -v data:/data --health-cmd true --health-interval 1s busybox ${BUSY}`,
      `tug run -d --name web -p 8080:80 -p 8443:443 busybox ${BUSY}`,
      'tug run --name migrate busybox false',
      'sleep 3',
    ],
    commands: ['tug ps -a --format pretty'],
    until: /migrate[\s\S]*web[\s\S]*db[\s\S]*└/,
    columns: 96,
  },
  {
    name: 'fit',
    title: 'tug ps in a narrow window: cells are wrapped, and ports get a line each',
    prepare: [
      `tug run -d --name db --health-cmd true --health-interval 1s busybox ${BUSY}`,
      `tug run -d --name web -p 8080:80 -p 8443:443 busybox ${BUSY}`,
      'sleep 3',
    ],
    commands: ['tug ps'],
    until: /NAMES[\s\S]* web[\s\S]* db\n/,
    columns: 90,
  },
  {
    name: 'recreate',
    title: 'What a container was run with, and what recreate would change',
    prepare: [`tug run -d --name web -p 8080:80 -e MODE=demo -v pages:/srv --memory 64m busybox ${BUSY}`, 'sleep 1'],
    commands: ['tug container command web', 'tug container recreate --dry-run -p 8081:80 -e MODE=live web'],
    until: /\+-e MODE=live[\s\S]*busybox/,
    columns: 110,
  },
  {
    name: 'choose',
    title: 'Containers that are chosen by a filter, and what would be removed',
    prepare: [
      `tug run -d --name db --label keep=1 busybox ${BUSY}`,
      'tug run --name import --label keep=1 busybox true',
      'tug run --name migrate busybox true',
      'tug run --name test-1 busybox false',
      'sleep 3',
    ],
    commands: ['tug rm --filter status=exited --filter "label!=keep" --dry-run'],
    until: /NAMES[\s\S]*test-1[\s\S]*migrate/,
    columns: 110,
  },
  {
    name: 'hint',
    title: 'Errors with a hint that says what to do next',
    prepare: [
      `tug run -d --name db -v data:/data busybox ${BUSY}`,
      `tug run -d --name web -p 8080:80 busybox ${BUSY}`,
      'sleep 3',
    ],
    commands: ['tug volume rm data', 'tug run -d --name api -p 8080:80 busybox', 'tug logs wbe'],
    until: 'did you mean "web"?',
    columns: 110,
  },
  {
    name: 'prune',
    title: 'The plan of a prune: what would be removed, before anything is',
    prepare: [
      'tug run --name migrate busybox true',
      'tug run --name import busybox false',
      'tug network create old',
      'sleep 3',
    ],
    commands: ['tug system prune'],
    until: 'Are you sure you want to continue?',
    columns: 80,
  },
]
