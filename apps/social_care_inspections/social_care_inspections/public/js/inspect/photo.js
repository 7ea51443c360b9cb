/** A photograph, shrunk until it is small enough for a poor line, with the time (and place) written into the picture. */
const SIDES = [1600, 1280, 1024, 800, 640];
const QUALITIES = [0.8, 0.65, 0.5];

/** @returns {Promise<Blob>} a JPEG without what the camera had written about itself */
export async function shrunk(file, lines, kilobytes) {
	const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
	try {
		return await smallEnough(picture, lines, kilobytes);
	} finally {
		picture.close(); // some 50 MB that nobody would collect soon
	}
}

async function smallEnough(picture, lines, kilobytes) {
	let smallest = null;
	for (const side of SIDES) {
		const canvas = drawn(picture, side);
		stamp(canvas, lines);
		for (const quality of QUALITIES) {
			smallest = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
			if (smallest.size <= kilobytes * 1024) return smallest;
		}
	}
	return smallest;
}

function drawn(picture, side) {
	const part = Math.min(1, side / Math.max(picture.width, picture.height));
	const canvas = document.createElement("canvas");
	canvas.width = Math.max(1, Math.round(picture.width * part));
	canvas.height = Math.max(1, Math.round(picture.height * part));
	const sheet = canvas.getContext("2d");
	sheet.fillStyle = "#fff";
	sheet.fillRect(0, 0, canvas.width, canvas.height);
	sheet.drawImage(picture, 0, 0, canvas.width, canvas.height);
	return canvas;
}

function stamp(canvas, lines) {
	const sheet = canvas.getContext("2d");
	const size = Math.max(12, Math.round(canvas.width / 40));
	const height = size * 1.5 * lines.length + size * 0.5;
	sheet.fillStyle = "rgba(0, 0, 0, 0.55)";
	sheet.fillRect(0, canvas.height - height, canvas.width, height);
	sheet.fillStyle = "#fff";
	sheet.font = `${size}px sans-serif`;
	sheet.textBaseline = "top";
	lines.forEach((line, place) =>
		sheet.fillText(line, size * 0.6, canvas.height - height + size * (0.4 + 1.5 * place))
	);
}

/** «30.04442, 31.23571», or empty where the device does not tell within some seconds. */
export function place() {
	return new Promise((done) => {
		if (!navigator.geolocation) return done("");
		const told = ({ coords }) => done(`${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`);
		navigator.geolocation.getCurrentPosition(told, () => done(""), { timeout: 5000, maximumAge: 60_000 });
	});
}

/** The day on the device's calendar. */
export const today = () => new Date().toLocaleDateString("en-CA");

/** Day and time as they are written into a picture. */
export const clock = (date = new Date()) =>
	`${date.toLocaleDateString("en-CA")} ${date.toTimeString().slice(0, 8)}`;
