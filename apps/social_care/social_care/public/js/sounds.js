// A sound is fetched when it is first played; the framework's page fetches all of them at once.

const VOLUME = 0.1;

frappe.utils.play_sound = function (name) {
	if (frappe.boot.user.mute_sounds) return;
	const sound = new Audio(`/assets/frappe/sounds/${encodeURIComponent(name)}.mp3`);
	sound.volume = VOLUME;
	sound.play().catch(() => {}); // browsers refuse sounds until the page was touched
};
