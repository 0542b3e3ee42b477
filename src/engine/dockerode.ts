/** dockerode and docker-modem in one file, so that they are loaded together. They are loaded when a ping has been sent. */
import DockerModem from 'docker-modem'
import Dockerode from 'dockerode'

export { DockerModem, Dockerode }
