// Stands in for the schema validator of electron-store in the bundle: 300 kB that nothing of ours calls, since settings are checked by zod.

export class Ajv2020 {
  constructor() {
    throw new Error('The program was built without JSON schemas')
  }
}

export default { default(): void {} }
