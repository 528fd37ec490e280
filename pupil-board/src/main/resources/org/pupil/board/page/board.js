// The page's frame: tabs at the top, runs at the left, and news from the server.
import * as api from './api.js';
import { element } from './html.js';
import { Runs } from './runs.js';
import { RunsPanel } from './runs-panel.js';
import { Settings, View } from './store.js';
import { loadTabs } from './tabs.js';
import { Theme } from './theme.js';

const MESSAGE_MILLIS = 6000;

const view = new View();
const settings = new Settings();
const theme = new Theme(settings, document.getElementById('theme'));
const runs = new Runs(settings, view, theme);
const message = document.getElementById('message');
const main = document.getElementById('main');
const live = document.getElementById('live');

let messageEnds = 0;

function say(sentence) {
  message.textContent = sentence;
  message.classList.add('shown');
  clearTimeout(messageEnds);
  messageEnds = setTimeout(() => message.classList.remove('shown'), MESSAGE_MILLIS);
}

const board = { api, runs, view, settings, theme, say };

// What the server said last of its state.
let state = { version: -1, loaded: false, troubles: [], notes: [], plugins: [], runs: [] };
let tabs = [];
let active = new Set();
let shown = null;

async function isActive(tab) {
  if (tab.always) return true;
  if (tab.isActive) {
    try {
      return await tab.isActive(board);
    } catch {
      return false;
    }
  }
  return tab.plugins.some((plugin) => state.plugins.includes(plugin));
}

// --- tabs ----------------------------------------------------------------------------------------

function drawTabs() {
  const bar = document.querySelector('.tabs');
  const buttons = tabs.filter((tab) => active.has(tab.id)).map((tab) => button(tab));
  const inactive = tabs.filter((tab) => !active.has(tab.id));
  if (inactive.length > 0) buttons.push(inactiveTabs(inactive));
  bar.replaceChildren(...buttons);
  // In a narrow window the bar scrolls.
  const current = bar.querySelector('[aria-selected=true]') ?? (shown === null ? null : bar.lastElementChild);
  current?.scrollIntoView({ block: 'nearest', inline: 'center' });
}

function button(tab) {
  const selected = shown !== null && shown.tab === tab;
  return element('button', {
    role: 'tab', id: `tab-${tab.id}`, 'aria-selected': selected, 'aria-controls': 'main', tabindex: selected ? 0 : -1,
    onclick: () => view.openTab(tab.id), onkeydown: moveFocus,
  }, tab.title);
}

function inactiveTabs(inactive) {
  const select = element('select', { class: 'inactive', 'aria-label': 'Pages without data' },
    element('option', { value: '' }, 'Inactive'),
    ...inactive.map((tab) => element('option', { value: tab.id }, tab.title)));
  if (shown !== null && inactive.includes(shown.tab)) select.value = shown.tab.id;
  select.addEventListener('change', () => select.value && view.openTab(select.value));
  return select;
}

function moveFocus(event) {
  const all = [...document.querySelectorAll('.tabs [role=tab]')];
  const at = all.indexOf(event.currentTarget);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  all[(to + all.length) % all.length].focus();
}

function openTab() {
  const wanted = tabs.find((tab) => tab.id === view.tab)
    ?? tabs.find((tab) => active.has(tab.id) && !tab.always)
    ?? tabs.find((tab) => tab.always);
  if (isEmpty() && view.tab !== 'files') {
    close();
    main.replaceChildren(emptyState());
    drawTabs();
    return;
  }
  if (shown !== null && shown.tab === wanted) return;
  close();
  const container = element('section', { class: `tab tab-${wanted.name}`, role: 'tabpanel', 'aria-labelledby': `tab-${wanted.id}` });
  main.replaceChildren(container);
  document.body.dataset.tab = wanted.id;
  shown = { tab: wanted, page: wanted.mount(container, board) };
  document.title = `${wanted.title} – ${title}`;
  drawTabs();
}

// A configuration of the projector may be there without any run.
function isEmpty() {
  return state.runs.length === 0 && !tabs.some((tab) => active.has(tab.id) && !tab.always);
}

function close() {
  if (shown !== null) shown.page.unmount();
  shown = null;
}

function emptyState() {
  return element('div', { class: 'page-text empty' },
    element('h2', {}, state.loaded ? 'There is nothing to show yet' : 'Reading …'),
    ...state.troubles.map((trouble) => element('p', {}, trouble)),
    element('p', {}, `The board looks for event files in and below ${location_}.`),
    element('ul', {},
      element('li', {}, 'Is this the folder that you gave to the training run as --summaries_dir? Event files have “tfevents” in their names.'),
      element('li', {}, 'New training runs appear here within a second.'),
      element('li', {}, 'The Files page shows how far each event file has been read.')));
}

// --- news ----------------------------------------------------------------------------------------

let title = 'Pupil board';
let location_ = '';
let asking = false;
let askAgain = false;

// One question at a time; what happens meanwhile is asked for afterwards.
async function update() {
  if (asking) {
    askAgain = true;
    return;
  }
  asking = true;
  try {
    do {
      askAgain = false;
      state = await api.json('data/plugin/pupil/state');
      await show();
    } while (askAgain);
  } catch (error) {
    say(`The board is not responding: ${error.message}`);
  } finally {
    asking = false;
  }
}

async function show() {
  runs.update(state.runs);
  const now = new Set();
  await Promise.all(tabs.map(async (tab) => (await isActive(tab)) && now.add(tab.id)));
  const changed = [...now].join() !== [...active].join();
  active = now;
  if (changed) drawTabs();
  if (isEmpty()) main.replaceChildren();
  const page = shown;
  openTab();
  if (shown !== null && shown === page) await shown.page.refresh();
  setLive(state.loaded ? (state.troubles[0] ? 'trouble' : state.notes[0] ? 'note' : 'live') : 'reading');
}

function setLive(kind) {
  const words = { live: 'Live', reading: 'Reading …', lost: 'Not connected', trouble: 'Live, with problems', note: 'Live, see Files' };
  live.className = `live ${kind}`;
  live.textContent = words[kind];
  live.title = [...state.troubles, ...state.notes].join('\n') || 'New data appears automatically';
}

function listen() {
  const news = new EventSource('data/plugin/pupil/changes');
  news.addEventListener('change', () => !document.hidden && update());
  news.addEventListener('error', () => setLive('lost'));
  document.addEventListener('visibilitychange', () => !document.hidden && update());
}

// --- start ---------------------------------------------------------------------------------------

function setUpRunsToggle() {
  const toggle = document.getElementById('runs-toggle');
  const set = (open) => {
    document.body.classList.toggle('runs-hidden', !open);
    toggle.setAttribute('aria-expanded', open);
  };
  set(settings.get('runsOpen', innerWidth > 760 ? 'true' : 'false') === 'true');
  toggle.addEventListener('click', () => {
    const open = document.body.classList.contains('runs-hidden');
    set(open);
    settings.set('runsOpen', open);
  });
}

async function start() {
  setUpRunsToggle();
  new RunsPanel(document.getElementById('runs-panel'), runs, settings);
  document.getElementById('reload').addEventListener('click', update);
  const [environment, loaded] = await Promise.all([api.json('data/environment'), loadTabs(say)]);
  tabs = loaded;
  location_ = environment.data_location;
  title = environment.window_title || title;
  document.title = title;
  view.onChange(openTab);
  await update();
  listen();
}

start().catch((error) => say(`The board could not start: ${error.message}`));
