import { splitDocument } from "./rooms.mjs";

/**
 * A page that nobody touched for so long gets no more events about records: each question counts as use of
 * the session, and a forgotten page must not keep it alive.
 */
const IDLE_MS = 60 * 60 * 1000;

/** Events of one room that may wait for one socket's answer. */
const MOST_PENDING = 500;

/** Events settled by one question, which travels in an address and so has to stay short. */
const BATCH = 25;

/**
 * Hands published events on. Events about records are held back until the web process has said, once more
 * and for each session, that it may see the record; those that come while a question is open share the next.
 */
export class Delivery {
	constructor(web, idle = IDLE_MS) {
		Object.assign(this, { web, idle, pending: new WeakMap() });
	}

	/** @param {{event: string, message: object, room: string}} published */
	deliver(nsp, { event, message, room }) {
		if (typeof event !== "string" || typeof room !== "string") return;
		if (!/^(doctype|doc):/.test(room)) return void nsp.to(room).emit(event, message);
		for (const id of nsp.adapter.rooms.get(room) ?? [])
			this.#hold(nsp.sockets.get(id), room, { event, message });
	}

	#hold(socket, room, published) {
		if (!socket || Date.now() - socket.data.lastActive > this.idle) return;
		const rooms = this.pending.get(socket) ?? this.pending.set(socket, new Map()).get(socket);
		const open = rooms.get(room);
		if (open) return void (open.length < MOST_PENDING && open.push(published));
		rooms.set(room, [published]);
		this.#settle(socket, room, rooms);
	}

	async #settle(socket, room, rooms) {
		while (rooms.get(room).length) {
			const batch = rooms.get(room).splice(0, BATCH);
			const granted = await this.#granted(socket, room, batch);
			if (!socket.connected || !socket.rooms.has(room)) break;
			for (const { event, message } of granted) socket.emit(event, message);
		}
		rooms.delete(room);
	}

	async #granted(socket, room, batch) {
		const { session } = socket.data;
		if (room.startsWith("doc:")) {
			return (await this.web.mayRead(session, ...splitDocument(room))) ? batch : [];
		}
		const names = [...new Set(batch.map(({ message }) => message?.name).filter((name) => name != null))];
		const visible = await this.web.visible(session, room.slice("doctype:".length), names.map(String));
		return batch.filter(({ message }) => visible.has(String(message?.name)));
	}
}
