/** What cannot be had on every system, and the way to it from each. */

/** The box is made of things that only Linux has. */
export function linuxElsewhere(platform: NodeJS.Platform): string {
  if (platform === 'win32') {
    return 'grade in WSL 2. In PowerShell as administrator: wsl --install -d Ubuntu (then restart); in the Ubuntu window install Node 20 or later, copy this project into the Linux home folder (under /mnt/c it is slow) and run: npm start';
  }
  if (platform === 'darwin') {
    return 'grade in a Linux virtual machine, e.g. brew install lima && limactl start --name=elbow template://ubuntu-lts && limactl shell elbow; install Node 20 or later there, copy this project into its home folder and run: npm start';
  }
  return 'grade on a Linux machine';
}

/** The package's own installer, which a closed network may not let download, and what it needs to build with. */
export function nativeTensorFlow(platform: NodeJS.Platform): string {
  const npm = platform === 'win32' ? 'npm.cmd' : 'npm';
  const install = `${npm} install --no-save --ignore-scripts=false @tensorflow/tfjs-node@4.22.0`;
  if (platform === 'darwin') return `xcode-select --install (once), then in the folder of package.json: ${install}`;
  if (platform === 'win32') {
    return `in the folder of package.json: ${install} (64-bit Intel or AMD only; it builds with Visual Studio Build Tools and Python 3 where it finds nothing ready made). Should it say that a module could not be found, copy tensorflow.dll from node_modules\\@tensorflow\\tfjs-node\\deps\\lib into lib\\napi-v8 beside it. Or work in WSL 2`;
  }
  return `in the folder of package.json: ${install}`;
}
