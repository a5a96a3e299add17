/** Reads `text/event-stream` as `{event, id, data}`. */
export async function* events(body) {
  let rest = '';
  let current = { event: 'message', data: [] };
  for await (const piece of decoded(body)) {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    for (const line of lines) {
      if (line === '') {
        if (current.data.length > 0) yield { event: current.event, id: current.id, data: current.data.join('\n') };
        current = { event: 'message', data: [] };
        continue;
      }
      const [, name, value] = /^([^:]*):? ?(.*)$/s.exec(line);
      if (name === 'data') current.data.push(value);
      else if (name === 'event' || name === 'id') current[name] = value;
    }
  }
}

async function* decoded(body) {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield decoder.decode(step.value, { stream: true });
  } finally {
    await reader.cancel().catch(() => {}); // Broken already: there is nothing left to cancel.
  }
}
