import type { BuildCase } from './case.ts'

const lines = (...each: readonly string[]) => `${each.join('\n')}\n`
const ALL = lines('FROM scratch', 'COPY . /')

/** Builds with different contexts and exports. */
export const contexts: readonly BuildCase[] = [
  {
    name: 'an empty context',
    files: { Dockerfile: lines('FROM scratch', 'COPY . /all/') },
    before: 'echo "*" > .dockerignore',
  },
  {
    name: 'links of all kinds',
    files: {
      Dockerfile: lines('FROM scratch', 'COPY . /', 'COPY to-file /followed'),
      file: 'content',
      'nested/inner': 'inner',
    },
    before:
      'ln -s file to-file && ln -s nested to-nested && ln -s /etc/passwd absolute && ln -s nowhere dangling && ' +
      'ln -s ../.. nested/up && ln file hard && ln file nested/hard && ln -s loop loop',
  },
  {
    name: 'modes, owners and empty directories',
    files: { Dockerfile: ALL, run: '#!/bin/sh\n', private: '', owned: '', 'sticky/f': '' },
    before:
      'chmod 755 run && chmod 600 private && chown 1000:1000 owned && mkdir -p empty/deep && chmod 1777 sticky && ' +
      'touch suid sgid none && chmod 4755 suid && chmod 2755 sgid && chmod 0 none && chmod 700 empty',
  },
  {
    name: 'names that are not ASCII',
    files: {
      Dockerfile: ALL,
      'ünï/cödé': '1',
      '日本語.txt': '2',
      'a space, a comma': '3',
      '-dash': '4',
      'back\\slash': '5',
      'emoji 🐢': '6',
    },
  },
  { name: 'long names', files: { Dockerfile: ALL, [`${'d'.repeat(120)}/${'f'.repeat(200)}`]: 'long' } },
  {
    name: 'pipes and sockets',
    files: { Dockerfile: ALL },
    before: 'mkfifo pipe',
  },
  {
    name: 'files of many sizes',
    files: {
      Dockerfile: ALL,
      empty: '',
      block: 'x'.repeat(32_768),
      more: 'y'.repeat(32_769),
      large: 'z'.repeat(3_000_000),
    },
  },
  {
    name: 'many files',
    files: { Dockerfile: lines('FROM busybox', 'COPY . /all', 'RUN find /all -type f | wc -l > /count && rm -r /all') },
    before: 'i=0; while [ $i -lt 600 ]; do mkdir -p d$((i % 7)); echo $i > d$((i % 7))/f$i; i=$((i + 1)); done',
  },
  {
    name: 'an ignore file',
    files: {
      Dockerfile: ALL,
      '.dockerignore': lines(
        '# comment',
        '*.log',
        '!keep.log',
        'node_modules',
        '**/tmp',
        'd/*',
        '!d/e',
        'Dockerfile',
        '.dockerignore',
      ),
      'a.log': '',
      'keep.log': '',
      'node_modules/m/index.js': '',
      'src/tmp/x': '',
      'src/a.log': '',
      'd/e/f': '',
      'd/g': '',
    },
  },
  {
    name: 'a Dockerfile outside of the context with its own ignore file',
    files: {
      'context/a': 'a',
      'context/b': 'b',
      'other/My.dockerfile': lines('FROM scratch', 'COPY . /'),
      'other/My.dockerfile.dockerignore': 'b\n',
    },
    args: '-f other/My.dockerfile context',
  },
  {
    name: 'a Dockerfile by another name',
    files: { 'sub/Other': lines('FROM scratch', 'COPY a /'), a: 'a' },
    args: '-f sub/Other .',
  },
  { name: 'a Dockerfile in lower case', files: { dockerfile: lines('FROM scratch', 'COPY a /'), a: 'a' } },
  {
    name: 'a Dockerfile that is a link',
    files: { real: lines('FROM scratch', 'COPY a /'), a: 'a' },
    before: 'ln -s real Dockerfile',
  },
  {
    name: 'patterns to copy',
    files: {
      Dockerfile: lines('FROM scratch', 'COPY *.txt d?/ /out/', 'COPY d1/[ab] /class/'),
      'a.txt': '',
      'b.txt': '',
      'c.md': '',
      'd1/a': '',
      'd1/z': '',
      'd2/b': '',
    },
  },
  {
    name: 'added archives',
    files: {
      Dockerfile: lines('FROM scratch', 'ADD in.tar in.tgz /unpacked/', 'COPY in.tar /', 'ADD plain.txt /'),
      'in/f': 'f',
      'plain.txt': 'p',
    },
    before:
      'ln -s f in/l && TZ=UTC tar --owner=3 --group=4 --mtime=2002-02-02T00:00Z -cf in.tar in && mv in in2 && tar --owner=0 --group=0 --mtime=2002-02-02T00:00Z -czf in.tgz in2',
  },
  {
    name: 'files of a server',
    files: {
      Dockerfile: lines(
        'FROM scratch',
        'ARG SERVER',
        'ADD $SERVER/notes.txt /',
        'ADD --chmod=600 $SERVER/deep/remote.conf /etc/other.conf',
      ),
    },
    args: '--build-arg SERVER=<server> .',
  },
  {
    name: 'files of a server with a checksum',
    files: {
      Dockerfile: lines(
        'FROM scratch',
        'ARG SERVER',
        'ADD --checksum=sha256:0000000000000000000000000000000000000000000000000000000000000000 $SERVER/notes.txt /',
      ),
    },
    args: '--build-arg SERVER=<server> .',
  },
  {
    name: 'a Dockerfile on stdin',
    files: { Docker: lines('FROM scratch', 'COPY a /'), a: 'a' },
    stdin: 'cat Docker',
    args: '-f - .',
  },
  {
    name: 'a Dockerfile on stdin and nothing else',
    files: { Docker: lines('FROM busybox', 'RUN echo alone > /alone') },
    stdin: 'cat Docker',
    args: '-',
  },
  {
    name: 'an archive on stdin',
    files: { 'in/Dockerfile': ALL, 'in/a': 'a', 'in/.dockerignore': 'b\n', 'in/b': 'b' },
    stdin: 'tar -C in --owner=0 --group=0 --mtime=@981173106 --sort=name -c .',
    args: '-',
  },
  {
    name: 'a compressed archive on stdin with a Dockerfile inside',
    files: { 'in/sub/D': ALL, 'in/a': 'a' },
    stdin: 'tar -C in --owner=0 --group=0 --mtime=@981173106 --sort=name -c . | gzip',
    args: '-f sub/D -',
  },
  { name: 'an archive from a server', files: {}, args: '<server>/context.tar' },
  {
    name: 'a named context',
    files: { Dockerfile: lines('FROM base', 'COPY --from=extra f /'), 'extra/f': 'f' },
    args: '--build-context extra=extra --build-context base=docker-image://busybox .',
  },
  {
    name: 'a directory',
    files: { Dockerfile: lines('FROM scratch', 'COPY . /to/'), run: 'x', 'd/f': 'f' },
    before: 'chmod 755 run && ln -s run l',
    args: '-o ../out .',
    result: '../out',
  },
  {
    name: 'an archive',
    files: { Dockerfile: lines('FROM scratch', 'COPY --chown=5:6 a /to/'), a: 'a' },
    args: '-o type=tar,dest=../out/it.tar .',
    before: 'mkdir ../out',
    result: '../out/it.tar',
  },
  {
    name: 'an image as archive',
    files: { Dockerfile: lines('FROM scratch', 'COPY a /'), a: 'a' },
    args: '-o type=docker,dest=../out.tar .',
    result: '../out.tar',
  },
  { name: 'quiet', files: { Dockerfile: lines('FROM busybox', 'RUN echo not shown') }, args: '-q .' },
  {
    name: 'quiet, and a step that fails',
    files: { Dockerfile: lines('FROM busybox', 'RUN echo said && exit 4') },
    args: '-q .',
  },
]
