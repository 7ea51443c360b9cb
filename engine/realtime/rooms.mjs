const LONGEST_NAME = 255;
const MOST_ROOMS = 500;

export const userRoom = (user) => `user:${user}`;
const taskRoom = (task) => `task_progress:${task}`;
const typeRoom = (doctype) => `doctype:${doctype}`;
const docRoom = (doctype, name) => `doc:${doctype}/${name}`;
const viewersRoom = (doctype, name) => `open_doc:${doctype}/${name}`;

/**
 * Put a recognised socket into its standing rooms and let it ask for others, as the desk's client does.
 * Guests share one name, so they have no room of their own and may ask for nothing.
 */
export function openRooms(socket, web) {
	const { user, userType, session } = socket.data;
	socket.join("website");
	if (user === "Guest") return;
	socket.join(userRoom(user));
	if (userType === "System User") socket.join("all");
	const rooms = new Wishes(socket);
	const mayReadType = (doctype) => web.mayReadType(session, doctype);
	const mayRead = (doctype, name) => web.mayRead(session, doctype, name);
	const handlers = {
		doctype_subscribe: (doctype) => rooms.wish(typeRoom(doctype), () => mayReadType(doctype)),
		doctype_unsubscribe: (doctype) => rooms.drop(typeRoom(doctype)),
		task_subscribe: (task) => rooms.wish(taskRoom(task), () => true),
		task_unsubscribe: (task) => rooms.drop(taskRoom(task)),
		progress_subscribe: (task) => rooms.wish(taskRoom(task), () => true),
		doc_subscribe: (doctype, name) => rooms.wish(docRoom(doctype, name), () => mayRead(doctype, name)),
		doc_unsubscribe: (doctype, name) => rooms.drop(docRoom(doctype, name)),
		doc_open: async (doctype, name) => {
			await rooms.wish(viewersRoom(doctype, name), () => mayRead(doctype, name));
			announceViewers(socket.nsp, viewersRoom(doctype, name));
		},
		doc_close: (doctype, name) => {
			rooms.drop(viewersRoom(doctype, name));
			announceViewers(socket.nsp, viewersRoom(doctype, name));
		},
	};
	for (const [event, handler] of Object.entries(handlers)) listen(socket, event, handler);
	socket.on("ping", () => socket.emit("pong"));
	socket.on("disconnecting", () => {
		const left = [...socket.rooms].filter((room) => room.startsWith("open_doc:"));
		setImmediate(() => left.forEach((room) => announceViewers(socket.nsp, room)));
	});
}

function listen(socket, event, handler) {
	socket.on(event, (...names) => {
		const given = names.slice(0, handler.length);
		if (given.length === handler.length && given.every(isName)) handler(...given);
	});
}

function isName(value) {
	return typeof value === "string" && value.length > 0 && value.length <= LONGEST_NAME;
}

/** Rooms a socket asked for; one that it left while the question was open is not joined any more. */
class Wishes {
	constructor(socket) {
		Object.assign(this, { socket, wanted: new Set() });
	}

	async wish(room, question) {
		if (this.wanted.size >= MOST_ROOMS) return;
		this.wanted.add(room);
		const granted = await question();
		if (!granted) this.wanted.delete(room);
		else if (this.wanted.has(room) && this.socket.connected) this.socket.join(room);
	}

	drop(room) {
		this.wanted.delete(room);
		this.socket.leave(room);
	}
}

/** Tell everybody who has a document open who else has. */
function announceViewers(nsp, room) {
	const sockets = [...(nsp.adapter.rooms.get(room) ?? [])].map((id) => nsp.sockets.get(id));
	const users = [...new Set(sockets.filter(Boolean).map(({ data }) => data.user))];
	const [doctype, docname] = splitDocument(room);
	nsp.to(room).emit("doc_viewers", { doctype, docname, users });
}

/** Type and name of a `doc:` or `open_doc:` room; types hold no slash. */
export function splitDocument(room) {
	const document = room.slice(room.indexOf(":") + 1);
	const slash = document.indexOf("/");
	return [document.slice(0, slash), document.slice(slash + 1)];
}
