/** The emoji that are known by name here. Others are shown by their name. */
const NAMES = `+1 👍|-1 👎|eyes 👀|white_check_mark ✅|heavy_check_mark ✔️|x ❌|warning ⚠️|fire 🔥|rotating_light 🚨|pushpin 📌|memo 📝|pencil2 ✏️|
raised_hands 🙌|pray 🙏|thinking_face 🤔|question ❓|grey_question ❔|exclamation ❗|bulb 💡|lock 🔒|unlock 🔓|key 🔑|shield 🛡️|bug 🐛|stopwatch ⏱️|
hourglass ⌛|hourglass_flowing_sand ⏳|alarm_clock ⏰|clock1 🕐|calendar 📅|phone 📞|telephone_receiver 📞|email 📧|envelope ✉️|speech_balloon 💬|
mega 📣|loudspeaker 📢|bell 🔔|no_bell 🔕|link 🔗|paperclip 📎|camera 📷|camera_with_flash 📸|mag 🔍|clipboard 📋|outbox_tray 📤|compass 🧭|page_facing_up 📄|
file_folder 📁|card_file_box 🗃️|package 📦|hammer_and_wrench 🛠️|wrench 🔧|gear ⚙️|electric_plug 🔌|computer 💻|globe_with_meridians 🌐|
satellite_antenna 📡|floppy_disk 💾|recycle ♻️|construction 🚧|no_entry ⛔|no_entry_sign 🚫|octagonal_sign 🛑|stop_sign 🛑|red_circle 🔴|
large_orange_circle 🟠|large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|white_circle ⚪|black_circle ⚫|
large_orange_diamond 🔶|small_orange_diamond 🔸|large_blue_diamond 🔷|arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|
arrows_counterclockwise 🔄|fast_forward ⏩|track_next ⏭️|pause_button ⏸️|play_or_pause_button ⏯️|arrow_forward ▶️|checkered_flag 🏁|triangular_flag_on_post 🚩|
tada 🎉|clap 👏|wave 👋|point_right 👉|ok_hand 👌|muscle 💪|handshake 🤝|heart ❤️|broken_heart 💔|smile 😄|slightly_smiling_face 🙂|
joy 😂|sweat_smile 😅|sob 😭|scream 😱|sleeping 😴|bust_in_silhouette 👤|busts_in_silhouette 👥|office 🏢|scales ⚖️|classical_building 🏛️|
police_car 🚓|ambulance 🚑|fire_engine 🚒|firefighter 🧑‍🚒|adhesive_bandage 🩹|syringe 💉|test_tube 🧪|microscope 🔬|bar_chart 📊|
chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|scroll 📜|newspaper 📰|label 🏷️|bookmark 🔖|star ⭐|zap ⚡|boom 💥|dart 🎯|
information_source ℹ️|heavy_plus_sign ➕|heavy_minus_sign ➖|black_square_for_stop ⏹️|white_large_square ⬜|ballot_box_with_check ☑️|
one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|robot_face 🤖|ghost 👻|sunrise 🌅|crescent_moon 🌙|coffee ☕|headphones 🎧|performing_arts 🎭|clapper 🎬`;

export const EMOJI = new Map(
  NAMES.replaceAll('\n', '')
    .split('|')
    .map((pair) => pair.split(' ')),
);

/** Offered for reactions: what a team in an incident says without words. */
export const OFFERED = [
  'eyes',
  'white_check_mark',
  '+1',
  'memo',
  'pushpin',
  'warning',
  'question',
  'raised_hands',
  'x',
  'camera_with_flash',
  'fire',
  'heart',
];

export function emoji(name) {
  return EMOJI.get(name.split('::')[0]) ?? `:${name}:`;
}
