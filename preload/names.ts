import type { CommandName } from '#contract/commands.ts'
import type { TopicName } from '#contract/topics.ts'

/** What a window may ask for; the schemas stay in main. The compiler keeps it complete. */
const commands: Readonly<Record<CommandName, true>> = {
  'pbx.snapshot': true,
  'app.info': true,
  'app.quit': true,
  'app.openHelp': true,
  'clipboard.write': true,
  'setup.check': true,
  'setup.cancelCheck': true,
  'setup.propose': true,
  'setup.save': true,
  'setup.demo': true,
  'setup.forget': true,
  'preferences.get': true,
  'preferences.set': true,
  'connection.retry': true,
  'connection.unlock': true,
  'dial.preview': true,
  'dial.start': true,
  'dial.cancel': true,
  'dial.dismiss': true,
  'call.hangup': true,
  'alert.decline': true,
  'alert.toVoicemail': true,
  'alert.dismiss': true,
  'voicemail.call': true,
  'window.hide': true,
  'window.showMain': true,
  'popup.resize': true,
  'admin.catalog': true,
  'admin.cli': true,
  'admin.close': true,
  'admin.completeCli': true,
  'admin.config.apply': true,
  'admin.config.plan': true,
  'admin.config.read': true,
  'admin.db.delete': true,
  'admin.db.get': true,
  'admin.db.put': true,
  'admin.db.tree': true,
  'admin.details': true,
  'admin.open': true,
  'admin.send': true,
  'admin.sendText': true,
  'admin.show': true,
  'admin.status': true,
  'admin.table': true,
  'admin.trace.clear': true,
  'admin.trace.live': true,
  'admin.trace.openFile': true,
  'admin.trace.page': true,
  'admin.trace.pause': true,
  'admin.trace.replay': true,
  'admin.trace.save': true,
}

const topics: Readonly<Record<TopicName, true>> = {
  'pbx.patch': true,
  'setup.step': true,
  'dial.offer': true,
  'window.panel': true,
  'app.info': true,
  'preferences': true,
  'notice': true,
  'admin.status': true,
  'admin.trace.grew': true,
}

export function isCommand(name: unknown): name is CommandName {
  return typeof name === 'string' && Object.hasOwn(commands, name)
}

export function isTopic(name: unknown): name is TopicName {
  return typeof name === 'string' && Object.hasOwn(topics, name)
}
