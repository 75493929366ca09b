import type { RowAction } from '../tables/row-actions.ts'

/** What can be done with the server as a whole. */
export const serverActions: readonly RowAction[] = [
  { id: 'reload', asks: true, ways: [{ action: 'Reload', fields: () => [['Module', '']] }, { action: 'Command', fields: () => [['Command', 'reload']] }] },
  { id: 'module', asks: true, ways: [{ action: 'ModuleLoad', fields: () => [['Module', ''], ['LoadType', 'reload']] }] },
  { id: 'moduleCheck', asks: true, ways: [{ action: 'ModuleCheck', fields: () => [['Module', '']] }] },
  { id: 'rotate', ways: [{ action: 'LoggerRotate', fields: () => [] }, { action: 'Command', fields: () => [['Command', 'logger rotate']] }] },
  { id: 'coreStatus', ways: [{ action: 'CoreStatus', fields: () => [] }] },
  { id: 'coreSettings', ways: [{ action: 'CoreSettings', fields: () => [] }] },
]
