variable "zone_id" {
  type = string
}

module "dns" {
  source = "./dns"
  count  = 2
  zone   = var.zone_id
  number = count.index
}
