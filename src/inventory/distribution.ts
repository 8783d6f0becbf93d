/**
 * Packages of Linux distributions. OSV names the release in the ecosystem (`Debian:12`, `Alpine:v3.18`), a package URL in
 * its `distro` qualifier; advisories name the source package, bills of materials the binary one and its `upstream`.
 */

const FAMILIES: Record<string, string> = {
  debian: 'Debian',
  ubuntu: 'Ubuntu',
  alpine: 'Alpine',
  wolfi: 'Wolfi',
  chainguard: 'Chainguard',
  redhat: 'Red Hat',
  'red hat': 'Red Hat',
  rhel: 'Red Hat',
  rocky: 'Rocky Linux',
  'rocky linux': 'Rocky Linux',
  almalinux: 'AlmaLinux',
  opensuse: 'openSUSE',
  suse: 'SUSE',
  fedora: 'Fedora',
  centos: 'CentOS',
  'amazon linux': 'Amazon Linux',
  amzn: 'Amazon Linux',
};

/** The distribution an ecosystem or a purl namespace names; undefined for anything else. */
export function distributionOf(spelled: string): { ecosystem: string; release?: string } | undefined {
  const [head = '', ...rest] = spelled.trim().split(':');
  const ecosystem = FAMILIES[head.toLowerCase()];
  if (ecosystem === undefined) return undefined;
  const release = releaseOf(rest.join(':'));
  return release === undefined ? { ecosystem } : { ecosystem, release };
}

/** Releases that package URLs name by their codename. */
const CODENAMES: Record<string, string> = {
  stretch: '9',
  buster: '10',
  bullseye: '11',
  bookworm: '12',
  trixie: '13',
  forky: '14',
  trusty: '14.04',
  xenial: '16.04',
  bionic: '18.04',
  focal: '20.04',
  jammy: '22.04',
  noble: '24.04',
  resolute: '26.04',
};

/** The release that an RPM's own build number names: `2.28-251.el8_10.1` was built for 8.10, `5.2.3-150400.3.1` for 15.4. */
export function builtFor(version: string): string | undefined {
  const redhat = /\.el(\d+)(?:_(\d+))?(?=[._+]|$)/.exec(version);
  if (redhat?.[1] !== undefined) return redhat[2] === undefined ? redhat[1] : `${redhat[1]}.${redhat[2]}`;
  const suse = /-150([1-9])00\./.exec(version)?.[1];
  return suse === undefined ? undefined : `15.${suse}`;
}

/** The numbers of a release: `12`, `22.04` of `22.04:LTS`, `3.18` of `v3.18.4`; a `distro` qualifier has the name in front. */
export function releaseOf(text: string): string | undefined {
  const codename =
    CODENAMES[
      text
        .trim()
        .toLowerCase()
        .replace(/^(?:debian|ubuntu)-/, '')
    ];
  if (codename !== undefined) return codename;
  return /(?:^|[^\d.])(\d+(?:\.\d+)?)/.exec(text)?.[1];
}

/** Two releases that are both known and differ hold different packages; Red Hat counts major releases. */
export function otherRelease(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return !(a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`));
}
