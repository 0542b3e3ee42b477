export { pathErrorText } from '../domain/errors.ts'
