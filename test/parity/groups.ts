import type { ParityGroup } from './case.ts'
import { rmi, tag } from './cases/image-verbs.ts'
import { images } from './cases/images.ts'
import { kill, rm, stop } from './cases/lifecycle.ts'
import { ps } from './cases/ps.ts'

export const groups: readonly ParityGroup[] = [ps, images, stop, kill, rm, rmi, tag]
