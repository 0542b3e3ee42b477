import { failure, json, type Replies } from '../../../support/fake-replies.ts'
import { each, type ParityGroup } from '../../case.ts'

const replies: Replies = {
  'GET /services': json([
    { ID: 'id1', Spec: { Name: 'web' } },
    { ID: 'id2', Spec: { Name: 'db' } },
  ]),
  'GET /networks': json([{ Name: 'front', Id: 'n1' }]),
  'GET /images/json': json([{ Id: 'sha256:aa', RepoTags: ['busybox:latest'] }]),
}

const shared = [
  'restart-condition',
  'rollback-failure-action',
  'rollback-order',
  'update-failure-action',
  'update-order',
]
const unguessed = ['cap-add', 'stop-signal', 'log-driver', 'isolation', 'user', 'endpoint-mode', 'health-cmd']

export const serviceCompletion: ParityGroup = {
  name: 'service-completion',
  cases: [
    ...each(
      ['__completeNoDesc', 'service'],
      [
        ...['inspect', 'logs', 'ps', 'rm', 'rollback', 'scale', 'update'].flatMap((verb) => [
          [verb, ''],
          [verb, 'w'],
          [verb, 'web', ''],
        ]),
        [''],
        ['c'],
        ['create', ''],
        ['create', 'busybox', ''],
        ['ls', ''],
        ...[...shared, ...unguessed, 'env-file', 'mode', 'network', 'secret', 'config', 'mount'].map((flag) => [
          ...['create', `--${flag}`, ''],
        ]),
        ...[...shared, ...unguessed, 'image', 'network-add', 'network-rm', 'env-rm', 'label-rm'].map((flag) => [
          ...['update', `--${flag}`, ''],
        ]),
        ['ls', '--filter', ''],
        ['ls', '--format', ''],
        ['ps', '--filter', ''],
        ['inspect', '--format', ''],
        ['logs', '--since', ''],
        ['create', '--update-o'],
        ['update', '--env-'],
        ['logs', '-'],
      ],
      { replies },
    ),
    ...each(
      ['__completeNoDesc', 'service'],
      [
        ['rm', ''],
        ['scale', ''],
      ],
      {
        replies,
        env: { DOCKER_COMPLETION_SHOW_SERVICE_IDS: 'yes' },
        note: 'with ids',
      },
    ),
    ...each(
      ['__completeNoDesc', 'service'],
      [
        ['rm', ''],
        ['scale', ''],
      ],
      {
        replies: { 'GET /services': failure(503, 'no manager') },
        note: 'no manager',
      },
    ),
  ],
}
