// Asks the server. Paths are relative to the page, so the board works behind a path prefix.

function query(params) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params || {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) search.append(name, one);
    }
  }
  return search;
}

export function url(path, params) {
  const search = query(params).toString();
  return search ? `${path}?${search}` : path;
}

async function answered(response) {
  if (!response.ok) {
    const sentence = (await response.text()).slice(0, 300);
    throw new Error(sentence || `${response.status} ${response.statusText}`);
  }
  return response;
}

export async function response(path, params) {
  return answered(await fetch(url(path, params)));
}

export async function json(path, params) {
  return (await response(path, params)).json();
}

export async function text(path, params) {
  return (await response(path, params)).text();
}

export async function bytes(path, params) {
  return (await response(path, params)).arrayBuffer();
}

// A question that is JSON itself, and may be too long for an address.
export async function ask(path, question, params) {
  return answered(await fetch(url(path, params), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(question) }));
}

// Form fields, as the routes want them that take many runs at once.
export async function post(path, params) {
  return (await answered(await fetch(path, { method: 'POST', body: query(params) }))).json();
}

export async function postForBytes(path, params) {
  return (await answered(await fetch(path, { method: 'POST', body: query(params) }))).arrayBuffer();
}
