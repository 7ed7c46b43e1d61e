// A message centre that is none of ours: node-smpp, told on stdin what to do and telling on stdout what it got.
const { readFileSync } = require('node:fs');
const readline = require('node:readline');
const smpp = require('smpp');

const tell = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
const sessions = new Set();
const state = { throttle: 0, silent: false, receipts: '', receiptAfter: 0, password: 'secret', refuse: 0, drop: 0 };
let given = 0;

function part(pdu) {
  const message = pdu.short_message;
  const udh = message.udh ? [...message.udh[0]] : null;
  return { text: message.message, udh };
}

function receipt(session, pdu, id) {
  const stat = state.receipts;
  const text = `id:${id} sub:001 dlvrd:001 submit date:2611281200 done date:2611281201 stat:${stat} err:000 text:`;
  session.deliver_sm(
    { source_addr: pdu.destination_addr, destination_addr: pdu.source_addr, esm_class: 4, short_message: text },
    (answer) => tell({ got: 'receipt-answer', id, status: answer.command_status }),
  );
}

const shown = process.env.CERTIFICATE ? readFileSync(process.env.CERTIFICATE) : null;
const server = smpp.createServer(shown ? { key: shown, cert: shown } : {}, (session) => {
  sessions.add(session);
  session.on('error', () => {});
  session.on('close', () => { sessions.delete(session); tell({ got: 'close' }); });
  session.on('bind_transceiver', (pdu) => {
    const refused = pdu.password !== state.password;
    tell({ got: 'bind', system_id: pdu.system_id, refused });
    session.send(pdu.response(refused ? { command_status: smpp.ESME_RINVPASWD } : {}));
  });
  session.on('enquire_link', (pdu) => { tell({ got: 'enquire' }); if (!state.silent) session.send(pdu.response()); });
  session.on('unbind', (pdu) => { tell({ got: 'unbind' }); session.send(pdu.response(), () => session.close()); });
  session.on('submit_sm', (pdu) => {
    const told = { got: 'submit', to: pdu.destination_addr, from: pdu.source_addr, coding: pdu.data_coding,
      dest_ton: pdu.dest_addr_ton, source_ton: pdu.source_addr_ton, receipt: pdu.registered_delivery, ...part(pdu) };
    if (state.throttle > 0) {
      state.throttle -= 1;
      tell({ ...told, answer: 'throttled' });
      session.send(pdu.response({ command_status: smpp.ESME_RTHROTTLED }));
      return;
    }
    if (state.refuse) {
      tell({ ...told, answer: 'refused' });
      session.send(pdu.response({ command_status: state.refuse }));
      return;
    }
    given += 1;
    const id = `n${given}`;
    tell({ ...told, id });
    if (state.drop > 0 && given % state.drop === 0) { session.destroy(); return; }
    if (state.silent) return;
    session.send(pdu.response({ message_id: id }));
    if (state.receipts) setTimeout(() => receipt(session, pdu, id), state.receiptAfter);
  });
});

const acts = {
  set: (what) => Object.assign(state, what),
  close: () => { for (const one of sessions) one.destroy(); },
  unbind: () => { for (const one of sessions) one.unbind(() => one.close()); },
  deliver: (pdu) => {
    for (const one of sessions) {
      one.deliver_sm(pdu.udh ? { ...pdu, udh: undefined, esm_class: 0x40, short_message:
        { udh: Buffer.from(pdu.udh), message: pdu.short_message } } : pdu,
        (answer) => tell({ got: 'deliver-answer', status: answer.command_status }));
    }
  },
};

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const { act, ...what } = JSON.parse(line);
  acts[act](what);
  tell({ got: 'done', act });
}).on('close', () => process.exit(0));

server.on('tlsClientError', (error) => tell({ got: 'tls-error', code: error.code }));
server.listen(0, '127.0.0.1', () => tell({ got: 'listening', port: server.address().port }));
