import type { Answers } from './action.ts'
import type { Answer } from './answer.ts'
import type { Request } from './request.ts'
import { failure, list, success } from './answer.ts'

export const databaseActions = {
  DBGet: (request, { astDb }) => missing(request, '.') ?? (() => {
    const [family, key] = placeOf(request)
    const value = astDb.get(family, key)
    return value === null
      ? failure('Database entry not found')
      : list('Result will follow', [
          {
            event: 'DBGetResponse',
            actionIdLast: true,
            headers: [
              ['Family', family],
              ['Key', key],
              ['Val', value],
            ],
          },
        ], 'DBGetComplete')
  })(),

  DBGetTree: (request, { astDb }) => list('Result will follow', astDb.tree(...placeOf(request)).map(([path, value]) => ({
    event: 'DBGetTreeResponse',
    actionIdLast: true,
    headers: [
      ['Key', path],
      ['Val', value],
    ],
  })), 'DBGetTreeComplete'),

  DBPut: (request, { astDb }) => missing(request, '') ?? success('Updated database successfully', () => astDb.put(...placeOf(request), request.get('Val'))),

  DBDel: (request, { astDb }) => missing(request, '.') ?? (astDb.get(...placeOf(request)) === null
    ? failure('Database entry could not be deleted')
    : success('Key deleted successfully', () => astDb.delete(...placeOf(request)))),

  DBDelTree(request, { astDb }) {
    if (request.get('Family') === '')
      return failure('No family specified.')
    return astDb.tree(...placeOf(request)).length === 0
      ? failure('Database entry not found')
      : success('Key tree deleted successfully', () => astDb.deleteTree(...placeOf(request)))
  },
} as const satisfies Answers

function placeOf(request: Request): readonly [family: string, key: string] {
  return [request.get('Family'), request.get('Key')]
}

/** DBPut says it without the stop at the end. */
function missing(request: Request, stop: '.' | ''): Answer | null {
  if (request.get('Family') === '')
    return failure(`No family specified${stop}`)
  return request.get('Key') === ''
    ? failure(`No key specified${stop}`)
    : null
}
