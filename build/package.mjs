import { SetupError } from './say.mjs'

/**
 * @param {readonly string[]} _parameters
 * @param {() => Promise<void>} _provideBuild
 * @returns {Promise<number>}
 */
export async function makePackages(_parameters, _provideBuild) {
  throw new SetupError('not there yet')
}
