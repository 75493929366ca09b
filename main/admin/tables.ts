import type { AdminTable, AdminTableName, Headers } from '#contract/admin.ts'
import type { Asker } from '../ami/session/types.ts'
import type { Clock } from '../clock.ts'
import { AppError } from '../errors.ts'

export interface AdminTables {
  readonly table: (input: { readonly table: AdminTableName, readonly of: string }) => Promise<AdminTable>
  readonly details: (input: { readonly table: AdminTableName, readonly id: string }) => Promise<Headers>
}

export function createTables({ asker }: { readonly asker: () => Asker, readonly clock: Clock }): AdminTables {
  return {
    async table({ table }) {
      throw new AppError('not-on-this-server', `${asker().server.banner} has no ${table}`)
    },
    async details({ table }) {
      throw new AppError('not-on-this-server', `${asker().server.banner} has no ${table}`)
    },
  }
}
