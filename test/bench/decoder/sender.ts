// A server in a process of its own: says everything at once to whoever connects. Its parent learns the port by message.
import { createServer } from 'node:net'
import process from 'node:process'
import { modern } from './streams.ts'

const { chunks } = modern(Number(process.argv[2]))
const server = createServer((socket) => {
  // The reader leaves when it has seen enough.
  socket.on('error', () => socket.destroy())
  socket.write('Asterisk Call Manager/11.0.0\r\n')
  for (const chunk of chunks)
    socket.write(chunk)
})
server.listen(0, '127.0.0.1', () => process.send?.(server.address()))
