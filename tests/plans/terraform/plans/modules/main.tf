terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}

module "zone" {
  source   = "./zone"
  for_each = toset(["example.com", "example.net"])
  names    = [each.key, "mail.${each.key}"]
}

module "one" {
  source   = "./one"
  for_each = toset(["example.edu", "example.info"])
  name     = each.key
}

# the key of a module, and that of an output, are written
resource "aws_route53_record" "written" {
  zone_id = module.zone["example.com"].ids["mail.example.com"]
  name    = ""
  type    = "MX"
  ttl     = 300
  records = ["10 mx.example.org"]
}

# the key of the module is that of the instance
resource "aws_route53_record" "each" {
  for_each = toset(["example.edu", "example.info"])
  zone_id  = module.one[each.key].id
  name     = ""
  type     = "TXT"
  ttl      = 300
  records  = ["v=spf1 -all"]
}

# two modules deep, through variables of both
module "mail" {
  source   = "./mail"
  for_each = module.zone
  zone_id  = each.value.first
}

# looked up while the change is made
data "aws_route53_zone" "later" {
  name       = "example.org"
  depends_on = [module.zone]
}

resource "aws_route53_record" "later" {
  zone_id = data.aws_route53_zone.later.zone_id
  name    = "mail"
  type    = "A"
  ttl     = 300
  records = ["192.0.2.25"]
}
